/* The functions that others name from the parts of SDL2 that the web build leaves out. */
#include <EGL/egl.h>

#include "SDL.h"

/* Of game controllers and 2D renderers: Dear ImGui's SDL2 backend asks for them only where there
   are such things. */
SDL_GameController* SDL_GameControllerOpen(int index) {
  (void)index;
  return NULL;
}

Uint8 SDL_GameControllerGetButton(SDL_GameController* controller, SDL_GameControllerButton button) {
  (void)controller;
  (void)button;
  return 0;
}

Sint16 SDL_GameControllerGetAxis(SDL_GameController* controller, SDL_GameControllerAxis axis) {
  (void)controller;
  (void)axis;
  return 0;
}

int SDL_GetRendererOutputSize(SDL_Renderer* renderer, int* width, int* height) {
  (void)renderer;
  *width = 0;
  *height = 0;
  return -1;
}

/* Of drawing into surfaces: nothing that runs here asks for it. */
int SDL_CalculateBlit(SDL_Surface* surface) {
  (void)surface;
  return SDL_Unsupported();
}

int SDL_RLESurface(SDL_Surface* surface) {
  (void)surface;
  return SDL_Unsupported();
}

void SDL_UnRLESurface(SDL_Surface* surface, int recode) {
  (void)surface;
  (void)recode;
}

int SDL_FillRect(SDL_Surface* surface, const SDL_Rect* rect, Uint32 color) {
  (void)surface;
  (void)rect;
  (void)color;
  return SDL_Unsupported();
}

/* Softmask and Dear ImGui call WebGL's functions by their names. A table from names to functions
   would have all of them linked, used or not. */
__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char* name) {
  (void)name;
  return NULL;
}
