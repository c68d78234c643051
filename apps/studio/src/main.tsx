import { paletteCss } from "@loopnest/report";
import { render } from "preact";
import { App } from "./app/app.js";
import { makeStore } from "./state/store.js";
import { firstStudio } from "./state/studio.js";
import "./style/tokens.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/nest.css";
import "./style/forms.css";

const palette = document.createElement("style");
palette.textContent = paletteCss;
document.head.append(palette);

const store = makeStore(firstStudio());
render(<App store={store} />, document.getElementById("studio")!);
