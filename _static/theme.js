// @ts-check
// Before anything is drawn: light or dark, as the reader chose. Storage may be forbidden.
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto";
}
