import { render } from "preact";
import "./style/tokens.css";
import "./style/shell.css";
import "./style/parts.css";
import { App } from "./app/app.js";
import { makeStore } from "./state/store.js";
import { firstStudio } from "./state/studio.js";

const store = makeStore(firstStudio());
render(<App store={store} />, document.getElementById("studio")!);
