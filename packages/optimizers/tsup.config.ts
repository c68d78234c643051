import { libraryConfig } from "../../tsup.config.base.js";

export default libraryConfig(["src/index.ts", "src/bayesian/index.ts", "src/cosa/index.ts"]);
