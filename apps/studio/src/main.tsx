import { paletteCss } from "@loopnest/report";
import { render } from "preact";
import { App } from "./app/app.js";
import { keepState, stateAtStart } from "./app/keep-state.js";
import { openedAtStart } from "./app/opened-at-start.js";
import { openFiles } from "./files/open-files.js";
import { makeStore } from "./state/store.js";
import "./style/tokens.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/nest.css";
import "./style/forms.css";
import "./style/rooms.css";

const palette = document.createElement("style");
palette.textContent = paletteCss;
document.head.append(palette);

const store = makeStore(await stateAtStart(location.hash));
for (const files of await openedAtStart()) {
  for (const transition of await openFiles(files)) store.update(transition);
}
keepState(store);
render(<App store={store} />, document.getElementById("studio")!);
