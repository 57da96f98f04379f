/* All that the page asks of the server goes through here. */

/** The answer to a question below api/v1, as an object; what is wrong is thrown in the server's own words. */
export async function get(path) {
  const answer = await fetch('api/v1/' + path, {headers: {Accept: 'application/json'}});
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.detail || body.title || 'the server answered ' + answer.status);
  }
  return body;
}

export const enc = encodeURIComponent;

const AGAIN_MILLIS = 1000;

/**
 * Follows what is published. `on` has a function for each kind of event, `open`, which is called whenever the connection stands
 * anew, with whether it goes on where it was cut off, `gap`, when it does not after all, since some of what came meanwhile is lost
 * for good, and `lost`. Returns a function that ends it.
 */
export function follow(parameters, on) {
  let source;
  let ended = false;
  let timer;

  function connect() {
    source = new EventSource('api/v1/stream?' + new URLSearchParams(parameters));
    /* The browser says which event was the last, once there was one. */
    let seen = false;
    const take = (kind, tell) => source.addEventListener(kind, event => {
      seen = true;
      tell(event);
    });
    source.onopen = () => on.open(seen);
    source.onerror = () => {
      on.lost();
      /* The browser comes back by itself after a broken connection, but not after an answer that it does not like. */
      if (source.readyState === EventSource.CLOSED && !ended) {
        timer = setTimeout(connect, AGAIN_MILLIS);
      }
    };
    take('gap', on.gap);
    for (const kind of ['kpi', 'suppression', 'churn', 'alert']) {
      take(kind, event => on[kind](JSON.parse(event.data)));
    }
  }

  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    source.close();
  };
}
