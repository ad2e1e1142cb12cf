// Dear ImGui's compile-time settings for Softmask (IMGUI_USER_CONFIG).
#ifndef SOFTMASK_UI_IMGUI_CONFIG_H_
#define SOFTMASK_UI_IMGUI_CONFIG_H_

// A heatmap's labels pass 65,536 vertices in one list.
#define ImDrawIdx unsigned int

// The page has its own clipboard; no default one, no demo, no ini file of positions.
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS

#endif  // SOFTMASK_UI_IMGUI_CONFIG_H_
