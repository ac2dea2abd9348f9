// EventSource over one WebSocket of the page. A browser holds six connections to one place over HTTP/1.1, and the
// sandboxes' streams would take them all: nothing else could be asked, not even a tap told.
(() => {
  const AGAIN = 1000;
  const sources = new Map();
  let socket = null;
  let count = 0;

  const tell = (what) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(what));

  function connect() {
    if (socket) return;
    socket = new WebSocket(new URL("/_demo/streams", location.href.replace(/^http/, "ws")));
    socket.addEventListener("open", () => sources.forEach((source) => source.ask()));
    socket.addEventListener("message", ({ data }) => {
      const told = JSON.parse(data);
      sources.get(told.id)?.hear(told);
    });
    socket.addEventListener("close", () => {
      socket = null;
      sources.forEach((source) => source.lost());
      if (sources.size) setTimeout(connect, AGAIN);
    });
  }

  class Stream extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSED = 2;

    constructor(path) {
      super();
      this.path = path;
      this.readyState = Stream.CONNECTING;
      this.last = "";
      this.id = ++count;
      for (const name of ["open", "message", "error"])
        this.addEventListener(name, (event) => this[`on${name}`]?.(event));
      sources.set(this.id, this);
      connect();
      this.ask();
    }

    ask() {
      tell({ open: this.id, path: this.path, last: this.last });
    }

    hear({ opened, ended, event, data, last }) {
      if (opened) {
        this.readyState = Stream.OPEN;
        this.dispatchEvent(new Event("open"));
      } else if (ended === 200) {
        this.lost();
        setTimeout(() => sources.has(this.id) && this.ask(), AGAIN);
      } else if (ended) {
        this.close();
        this.dispatchEvent(new Event("error"));
      } else {
        if (last) this.last = last;
        this.dispatchEvent(new MessageEvent(event, { data, lastEventId: last }));
      }
    }

    lost() {
      this.readyState = Stream.CONNECTING;
      this.dispatchEvent(new Event("error"));
    }

    close() {
      this.readyState = Stream.CLOSED;
      if (sources.delete(this.id)) tell({ close: this.id });
    }
  }

  window.EventSource = Stream;
})();
