import { paletteCss } from "@loopnest/report";
import { render } from "preact";
import { App } from "./app/app.js";
import { keepState, stateAtStart } from "./app/keep-state.js";
import { openedAtStart } from "./app/opened-at-start.js";
import { loadRoom } from "./app/rooms.js";
import { makeStore } from "./state/store.js";
import "./style/tokens.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/nest.css";
import "./style/mapping.css";
import "./style/forms.css";
import "./style/rooms.css";

const palette = document.createElement("style");
palette.textContent = paletteCss;
document.head.append(palette);

// Most likely the first screen: on its way while the last visit is looked up.
if (location.hash === "") void loadRoom("network");
const store = makeStore(await stateAtStart(location.hash));
for (const files of await openedAtStart()) {
  const { openFiles } = await import("./files/open-files.js");
  for (const transition of await openFiles(files)) store.update(transition);
}
keepState(store);
await loadRoom(store.studio.view);
render(<App store={store} />, document.getElementById("studio")!);
