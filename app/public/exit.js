(() => {
  const link = document.querySelector(".exit");
  if (!link) return;
  const leave = (event) => {
    event.preventDefault();
    document.title = "";
    document.documentElement.hidden = true;
    document.body.textContent = "";
    location.replace(link.href);
  };
  link.addEventListener("click", leave);
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = []; return; }
    presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 2000) leave(event);
  });
  addEventListener("pageshow", (event) => { if (event.persisted && !document.body.firstElementChild) location.replace(link.href); });
})();
