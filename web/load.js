// <softmask-view> for pages whose tool names plain scripts and no modules, as `extra_javascript` of
// MkDocs and `html_js_files` of Sphinx do: loads softmask.js from the folder of this file.
{
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  void import(new URL("softmask.js", src).href);
}
