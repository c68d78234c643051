import { thirdPartyLicenses } from "../../third-party-licenses.js";
import { libraryConfig } from "../../tsup.config.base.js";

// Plot and D3 are for import only: as devDependencies they are bundled, so that the package can be required, too.
export default libraryConfig(["src/index.ts", "src/charts.ts"], {
  esbuildPlugins: [thirdPartyLicenses("dist/THIRD-PARTY-LICENSES.txt")],
});
