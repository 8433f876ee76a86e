import { createVuetify } from "vuetify";
import { de, en } from "vuetify/locale";

export const vuetify = createVuetify({
  locale: { messages: { de, en } },
  // Otherwise it writes a style element at run time, which a policy without 'unsafe-inline' blocks.
  // What would be in there is in styles/theme.css.
  theme: false,
  defaults: {
    global: { ripple: false },
    VBtn: { variant: "outlined" },
    VCard: { variant: "flat" },
  },
  icons: {
    // Drawn on 24 by 24, with a line and no filling.
    aliases: {
      alert: "svg:M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V13m0 3.4v.1",
      note: "svg:M5 4h14v11l-5 5H5ZM14 20v-5h5M8.5 8.5h7M8.5 12h4",
      trash: "svg:M4.5 7h15M9.5 7V4.5h5V7m-8 0 .8 12.5h9.4L17.5 7M10.2 11v5m3.6-5v5",
    },
  },
});
