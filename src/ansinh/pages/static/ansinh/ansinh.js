/* A few lines that make the pages quicker to the hand. Everything works without them. */
(function () {
  "use strict";

  function openMenus() { return document.querySelectorAll("details.drop[open]"); }

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      openMenus().forEach(function (menu) {
        if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
        menu.open = false;
      });
    }
    if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey
        && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !event.target.isContentEditable) {
      var search = document.querySelector(".bar .search input");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  /* The summary of errors takes the focus, so that a screen reader begins there. */
  function focusErrors(root) {
    var errors = (root || document).querySelector(".errors:not([data-still] *)");
    if (errors) errors.focus();
  }
  focusErrors(document);

  document.addEventListener("htmx:afterSwap", function (event) { focusErrors(event.detail.target); });

  /* A part of a page that could not be fetched: the server's own page says why. Without a server, a sentence of this page does. */
  document.addEventListener("htmx:responseError", function (event) {
    var asked = event.detail.requestConfig;
    if (asked.verb === "get") window.location.assign(event.detail.pathInfo.finalRequestPath);
    else document.documentElement.innerHTML = event.detail.xhr.responseText;
  });
  function saidUnreachable(hidden) {
    var said = document.getElementById("unreachable");
    if (said) { said.hidden = hidden; if (!hidden) said.focus(); }
  }
  document.addEventListener("htmx:sendError", function () { saidUnreachable(false); });
  document.addEventListener("htmx:afterOnLoad", function () { saidUnreachable(true); });

  /* A row's "Vì sao?" opened by htmx below it is closed again by a second press. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var target = event.detail.target, link = event.detail.elt;
    if (link.classList.contains("why-link") && target && target !== link && target.childElementCount) {
      event.preventDefault();
      target.textContent = "";
    }
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
