"""The rules between records: one function a rule, each yielding the faults that it finds.

Knows nothing of files but their names; `validate` applies the rules and locates the faults.
"""

from __future__ import annotations

from .dates import (
    dates_are_not_in_the_future,
    history_is_newest_first,
    releases_are_newest_first,
    versions_were_released,
)
from .evidence import (
    claims_have_evidence,
    evidence_is_of_one_kind,
    full_support_is_located,
    what_ran_is_named,
)
from .fault import Check
from .names import (
    changes_refer_to_what_exists,
    claims_refer_to_what_exists,
    features_refer_to_what_exists,
    ids_are_unique,
    objections_refer_to_what_exists,
    parties_are_known,
    sources_are_used,
    subject_ids_are_free,
    subjects_topics_and_releases_are_unique,
    summaries_name_every_subject,
    verdicts_refer_to_what_exists,
)
from .values import (
    features_have_a_scale_or_a_metric,
    features_have_one_value_a_subject,
    measured_values_are_the_labs,
    unknown_values_say_why,
    values_are_on_the_scale,
)
from .verdicts import (
    history_ends_where_topics_lean,
    verdicts_are_argued,
    verdicts_hear_both_sides,
    verdicts_hear_the_losing_side,
)

BASIC_CHECKS: tuple[Check, ...] = (
    subjects_topics_and_releases_are_unique,
    subject_ids_are_free,
    releases_are_newest_first,
    ids_are_unique,
    features_have_a_scale_or_a_metric,
    claims_refer_to_what_exists,
    features_refer_to_what_exists,
    objections_refer_to_what_exists,
    verdicts_refer_to_what_exists,
    changes_refer_to_what_exists,
    summaries_name_every_subject,
    claims_have_evidence,
    evidence_is_of_one_kind,
    what_ran_is_named,
    full_support_is_located,
    features_have_one_value_a_subject,
    values_are_on_the_scale,
    measured_values_are_the_labs,
    unknown_values_say_why,
    verdicts_are_argued,
    dates_are_not_in_the_future,
    history_is_newest_first,
    versions_were_released,
    sources_are_used,
    parties_are_known,
)

COMPUTED_CHECKS: tuple[Check, ...] = (
    verdicts_hear_the_losing_side,
    verdicts_hear_both_sides,
    history_ends_where_topics_lean,
)
"""Rules on computed results, which exist only once the basic checks pass."""
