import { libraryConfig } from "../../tsup.config.base.js";

// onnx-buf is for import only: as a devDependency it is bundled, so that the package can be required, too.
export default libraryConfig();
