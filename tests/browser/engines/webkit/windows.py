#!/usr/bin/python3
"""The browser that WebKitWebDriver starts: WebKitGTK's web views in bare windows.

It is MiniBrowser without its toolbar, which keeps windows from being narrower than 447 pixels. What
WebDriver has no word for is asked for in lines of JSON over a socket, whose port it writes into the
file that --port-file names: sizes, zoom, colour scheme, motion, languages, scripts before a page's
own, a proxy, printing, and back come the console's lines and the addresses that are loaded.
"""

import base64
import ctypes
import json
import signal
import socket
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk, WebKit2  # noqa: E402


PR_SET_PDEATHSIG = 1  # <sys/prctl.h>

# WebKit's own account of the console goes to the system's journal, where it is nobody's: every
# document tells it itself, with what its scripts throw and what its policy forbids.
TELL_CONSOLE = """{
  const { postMessage } = webkit.messageHandlers.softmaskTests;
  const tell = (level, text) =>
    postMessage.call(webkit.messageHandlers.softmaskTests, JSON.stringify([level, text]));
  for (const level of ["error", "warn", "info", "log", "debug"]) {
    const own = console[level];
    console[level] = (...words) => {
      tell(level, words.map(String).join(" "));
      own.apply(console, words);
    };
  }
  addEventListener("error", ({ message }) => message && tell("error", message));
  addEventListener("unhandledrejection", ({ reason }) => tell("error", String(reason)));
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    tell("error", `${effectiveDirective} forbids ${blockedURI}`));
}"""


def at_start(source):
    """A script that every document runs before its own, in frames as well."""
    frames = WebKit2.UserContentInjectedFrames.ALL_FRAMES
    start = WebKit2.UserScriptInjectionTime.START
    return WebKit2.UserScript(source, frames, start, None, None)


# They lie over the page and fade, in pictures of it as well.
NO_SCROLL_BARS = WebKit2.UserStyleSheet(
    "::-webkit-scrollbar { display: none }",
    WebKit2.UserContentInjectedFrames.ALL_FRAMES,
    WebKit2.UserStyleLevel.USER,
    None,
    None,
)


class Channel:
    """Lines of JSON to and from whoever is connected; one at a time, the newest."""

    def __init__(self, handle):
        self.handle = handle
        self.peer = None
        self.pending = b""
        self.server = socket.create_server(("127.0.0.1", 0))
        GLib.io_add_watch(self.server.fileno(), GLib.IO_IN, self.accept)

    def port(self):
        return self.server.getsockname()[1]

    def accept(self, *_):
        self.peer, _ = self.server.accept()
        self.pending = b""
        GLib.io_add_watch(self.peer.fileno(), GLib.IO_IN, self.receive, self.peer)
        return True

    def receive(self, _fd, _condition, peer):
        data = peer.recv(1 << 20)
        if not data:
            peer.close()
            if peer is self.peer:
                self.peer = None
            return False
        self.pending += data
        *lines, self.pending = self.pending.split(b"\n")
        for line in lines:
            request = json.loads(line)
            try:
                self.handle(request, lambda value, id=request["id"]: self.send(id=id, value=value))
            except Exception as error:  # what was asked cannot be done: the asker has to know
                self.send(id=request["id"], error=f"{type(error).__name__}: {error}")
        return True

    def send(self, **message):
        if self.peer is None:
            return
        try:
            self.peer.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self.peer = None


class Windows:
    """The windows by number, in the order in which WebDriver has asked for them."""

    def __init__(self):
        self.channel = Channel(self.handle)
        self.views = []
        self.context = WebKit2.WebContext.new_ephemeral()
        self.context.set_automation_allowed(True)
        self.context.connect("automation-started", self.start)

    def start(self, _context, session):
        info = WebKit2.ApplicationInfo()
        info.set_name("MiniBrowser")
        session.set_application_info(info)
        session.connect("create-web-view", self.create)

    def create(self, _session):
        number = len(self.views)
        scripts = WebKit2.UserContentManager()
        scripts.connect("script-message-received::softmaskTests", self.tell, number)
        scripts.register_script_message_handler("softmaskTests")
        scripts.add_script(at_start(TELL_CONSOLE))
        scripts.add_style_sheet(NO_SCROLL_BARS)
        view = WebKit2.WebView(
            web_context=self.context,
            is_controlled_by_automation=True,
            automation_presentation_type=WebKit2.AutomationBrowsingContextPresentation.WINDOW,
            user_content_manager=scripts,
        )
        window = Gtk.Window()
        window.set_default_size(1024, 768)
        window.add(view)
        # A menu would wait for a person.
        view.connect("context-menu", lambda *_: True)
        view.connect("close", lambda _view: window.destroy())
        view.connect("web-process-terminated", self.lost)
        view.connect("permission-request", lambda _view, request: request.allow() or True)
        view.connect(
            "resource-load-started",
            lambda _view, _resource, request: self.channel.send(
                event="request", view=number, url=request.get_uri()
            ),
        )
        window.show_all()
        self.focus(window)
        self.views.append(view)
        self.channel.send(event="created", view=number)
        return view

    def tell(self, _scripts, result, number):
        level, text = json.loads(result.get_js_value().to_string())
        self.channel.send(event="console", view=number, level=level, text=text)

    @staticmethod
    def lost(view, reason):
        print(f"WebKit lost {view.get_uri()}: {reason.value_nick}", file=sys.stderr, flush=True)

    @staticmethod
    def focus(window):
        # There is no window manager that would give the focus to a new window.
        window.present()
        window.get_window().focus(Gdk.CURRENT_TIME)

    def handle(self, request, reply):
        view = self.views[request["view"]] if "view" in request else None
        answer = getattr(self, "do_" + request["do"])(view, reply, **request.get("with", {}))
        if answer is not NotImplemented:
            reply(answer)

    def do_resize(self, view, _reply, width, height):
        view.get_toplevel().resize(width, height)

    def do_look(self, _view, _reply, dark, still):
        settings = Gtk.Settings.get_default()
        settings.set_property("gtk-application-prefer-dark-theme", dark)
        settings.set_property("gtk-enable-animations", not still)

    def do_control_wheel(self, view, _reply, x, y, delta_x, delta_y):
        event = Gdk.Event.new(Gdk.EventType.SCROLL)
        event.window = view.get_window()
        event.set_device(view.get_display().get_default_seat().get_pointer())
        event.scroll.direction = Gdk.ScrollDirection.SMOOTH
        event.scroll.state = Gdk.ModifierType.CONTROL_MASK
        event.scroll.x, event.scroll.y = x, y
        line = view.get_allocated_height() ** (2 / 3)  # in pixels, as GTK and WebKit have it
        event.scroll.delta_x, event.scroll.delta_y = delta_x / line, delta_y / line
        Gtk.main_do_event(event)

    def do_languages(self, _view, _reply, languages):
        self.context.set_preferred_languages(languages)

    def do_script(self, view, _reply, source):
        view.get_user_content_manager().add_script(at_start(source))

    def do_proxy(self, _view, _reply, address):
        manager = self.context.get_website_data_manager()
        if address is None:
            manager.set_network_proxy_settings(WebKit2.NetworkProxyMode.NO_PROXY, None)
        else:
            settings = WebKit2.NetworkProxySettings.new(address, None)
            manager.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, settings)

    def do_clipboard(self, _view, reply):
        clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
        clipboard.request_text(lambda _clipboard, text: reply(text))
        return NotImplemented

    def do_crop(self, _view, _reply, png, x, y, width, height):
        loader = GdkPixbuf.PixbufLoader.new_with_type("png")
        loader.write(base64.b64decode(png))
        loader.close()
        part = loader.get_pixbuf().new_subpixbuf(x, y, width, height)
        _, data = part.save_to_bufferv("png", [], [])
        return base64.b64encode(data).decode()

    def do_print(self, view, reply, file):
        settings = Gtk.PrintSettings()
        settings.set_printer("Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, GLib.filename_to_uri(file))
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        operation = WebKit2.PrintOperation.new(view)
        operation.set_print_settings(settings)
        operation.connect("failed", lambda _operation, error: reply({"failed": str(error)}))
        operation.connect("finished", lambda _operation: reply({}))
        operation.print_()
        self.printing = operation  # until it has finished nobody else holds it
        return NotImplemented


def main():
    # With the driver that has started it, whatever ends that.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    windows = Windows()
    path = next(arg.split("=", 1)[1] for arg in sys.argv if arg.startswith("--port-file="))
    with open(path, "w", encoding="ascii") as file:
        file.write(str(windows.channel.port()))
    Gtk.main()


main()
