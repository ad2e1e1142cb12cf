// What C++ may ask of the page: each call goes to the method of Module.host of the same meaning
// (web/viewer.js has them).
mergeInto(LibraryManager.library, {
  softmask_host_request_frame: function () {
    Module["host"].requestFrame();
  },
  softmask_host_canvas_resized: function (widthPx, heightPx, scale) {
    Module["host"].canvasResized(widthPx, heightPx, scale);
  },
  softmask_host_state_changed: function (kind) {
    Module["host"].stateChanged(kind);
  },
  softmask_host_copy_text: function (what, text) {
    Module["host"].copyText(UTF8ToString(what), UTF8ToString(text));
  },
  softmask_host_open_share: function () {
    Module["host"].openShare();
  },
  softmask_host_open_import: function () {
    Module["host"].openImport();
  },
  softmask_host_edit_text: function (key, prefix, label, value, x, y, w, h) {
    Module["host"].editText({
      key: UTF8ToString(key),
      prefix: UTF8ToString(prefix),
      label: UTF8ToString(label),
      value: UTF8ToString(value),
      x: x,
      y: y,
      width: w,
      height: h,
    });
  },
  softmask_host_leave_focus: function () {
    Module["host"].leaveFocus();
  },
  softmask_host_random_bits: function () {
    return Module["host"].randomBits();
  },
  softmask_host_report_error: function (message) {
    Module["host"].reportError(UTF8ToString(message));
  },
});
