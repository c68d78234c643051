import { libraryConfig } from "../../tsup.config.base.js";

export default libraryConfig(["src/index.ts", "src/schema/index.ts", "src/yaml/index.ts"]);
