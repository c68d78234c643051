import DefaultTheme from "vitepress/theme-without-fonts";
import Landing from "./Landing.vue";
import OpenInStudio from "./OpenInStudio.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Landing", Landing);
    app.component("OpenInStudio", OpenInStudio);
  },
};
