project = "Handbook"
html_theme = "furo"  # the tests also build it with pydata_sphinx_theme
html_static_path = ["_static"]
html_js_files = ["softmask/load.js"]
