"""The measuring instrument: runs the experiments of comparisons and publishes what they show.

Runs on Linux only: it pins processes to cores and reads their clocks from `/proc`.
"""
