/* Each function draws one chart; all of them follow the theme. Where there is nothing to draw, the chart says so. */
import {$} from './dom.js';
import {count, minute, number, score} from './format.js';

const drawn = new Map();
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const font = () => parseFloat(getComputedStyle(document.body).fontSize) - 2;

function on(id, option) {
  let chart = drawn.get(id);
  if (!chart) {
    chart = echarts.init($(id), null, {renderer: 'canvas'});
    drawn.set(id, chart);
    new ResizeObserver(() => chart.resize()).observe($(id));
  }
  const text = {color: colour('--soft'), fontSize: font()};
  const axis = {axisLabel: text, nameTextStyle: text, axisLine: {lineStyle: {color: colour('--line')}}, axisTick: {show: false}, splitLine: {lineStyle: {color: colour('--line')}}};
  for (const side of ['xAxis', 'yAxis']) {
    if (option[side]) {
      option[side] = [].concat(option[side]).map(each => ({...axis, ...each, axisLabel: {...text, hideOverlap: true, ...each.axisLabel}}));
    }
  }
  if (option.tooltip) {
    Object.assign(option.tooltip, {confine: true, backgroundColor: colour('--card'), borderColor: colour('--line'), textStyle: {color: colour('--ink'), fontSize: font()}});
  }
  if (option.legend) {
    option.legend = {textStyle: text, top: 0, right: 8, itemHeight: 10, itemWidth: 16, ...option.legend};
  }
  chart.setOption({animation: false, textStyle: {fontFamily: getComputedStyle(document.body).fontFamily}, ...option}, true);
}

function nothing(id, why) {
  on(id, {title: {text: why, left: 'center', top: 'middle', textStyle: {color: colour('--soft'), fontSize: font(), fontWeight: 'normal'}}});
}

/** The value by period with the band that it lies in with 95 % confidence. */
export function band(id, values) {
  if (values.length === 0) return nothing(id, 'No answers yet.');
  const interval = {
    name: '95 % interval', type: 'custom', silent: true, z: 1, data: [0], tooltip: {show: false}, itemStyle: {color: colour('--band')},
    renderItem: (params, api) => {
      const whiskers = values.length === 1 ? 6 : 0;
      const upper = values.map((v, i) => api.coord([i, v.high ?? v.value]));
      const lower = values.map((v, i) => api.coord([i, v.low ?? v.value]));
      const points = whiskers ? [[upper[0][0] - whiskers, upper[0][1]], [upper[0][0] + whiskers, upper[0][1]], [lower[0][0] + whiskers, lower[0][1]], [lower[0][0] - whiskers, lower[0][1]]]
        : [...upper, ...lower.reverse()];
      return {type: 'polygon', shape: {points}, style: {fill: colour('--band')}};
    },
  };
  const bounds = values.flatMap(v => [v.low ?? v.value, v.high ?? v.value]);
  on(id, {
    grid: {left: 44, right: 16, top: 34, bottom: 28},
    legend: {data: [{name: 'score', icon: 'circle'}, {name: '95 % interval', icon: 'rect'}]},
    tooltip: {trigger: 'axis', formatter: items => {
      const v = values[items[0].dataIndex];
      return v.period + '<br>' + score(v.value) + ' (' + (v.low === null ? 'no interval' : score(v.low) + ' to ' + score(v.high)) + ')<br>n ' + count(v.n);
    }},
    xAxis: {type: 'category', boundaryGap: values.length === 1, data: values.map(v => v.period)},
    yAxis: {type: 'value', min: Math.max(-100, Math.floor(Math.min(...bounds) / 20) * 20), max: Math.min(100, Math.ceil(Math.max(...bounds) / 20) * 20)},
    series: [interval, {name: 'score', type: 'line', z: 3, data: values.map(v => v.value), symbol: 'circle', symbolSize: 6, lineStyle: {width: 2}, itemStyle: {color: colour('--accent')}}],
  });
}

export function revenue(id, revenues, orders, divisor, currency) {
  const days = [...new Set([...revenues, ...orders].map(v => v.period))].sort();
  if (days.length === 0) return nothing(id, 'No paid order yet.');
  const byDay = new Map(revenues.map(v => [v.period, v.value]));
  const counts = new Map(orders.map(v => [v.period, v.value]));
  const short = v => v >= 1e6 ? number(v / 1e6) + ' M' : v >= 1e4 ? number(v / 1e3) + ' k' : number(v, 0);
  on(id, {
    grid: {left: 8, right: 8, top: 40, bottom: 4, containLabel: true},
    legend: {data: ['revenue', 'orders'], left: 'center'},
    tooltip: {trigger: 'axis', valueFormatter: v => v === undefined || v === null ? '–' : number(v, 2)},
    xAxis: {type: 'category', data: days},
    yAxis: [
      {type: 'value', name: currency, nameTextStyle: {color: colour('--soft'), align: 'left'}, axisLabel: {formatter: short}},
      {type: 'value', name: 'orders', nameTextStyle: {color: colour('--soft'), align: 'right'}, splitLine: {show: false}, minInterval: 1, axisLabel: {formatter: short}},
    ],
    series: [
      {name: 'revenue', type: 'bar', data: days.map(d => byDay.has(d) ? byDay.get(d) / divisor : null), itemStyle: {color: colour('--accent')}},
      {name: 'orders', type: 'line', yAxisIndex: 1, data: days.map(d => counts.get(d) ?? null), symbol: 'none', lineStyle: {width: 2}, itemStyle: {color: colour('--second')}},
    ],
  });
}

/** What was decided per minute: added and extended above the line, lifted below it. */
export function minutes(id, decided) {
  const bar = (name, field, sign, paint) => ({name, type: 'bar', stack: 'decided', barCategoryGap: '20%', data: decided.map(m => sign * m[field]), itemStyle: {color: colour(paint)}});
  on(id, {
    grid: {left: 8, right: 12, top: 30, bottom: 4, containLabel: true},
    legend: {data: ['added', 'extended', 'lifted']},
    tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, valueFormatter: v => count(Math.abs(v))},
    xAxis: {type: 'category', data: decided.map(m => minute(m.at)), axisLine: {onZero: false}, axisLabel: {interval: i => (decided.length - 1 - i) % 10 === 0}},
    yAxis: {type: 'value', minInterval: 1, axisLabel: {formatter: v => count(Math.abs(v))}},
    series: [bar('added', 'added', 1, '--accent'), bar('extended', 'extended', 1, '--second'), bar('lifted', 'lifted', -1, '--good')],
  });
}

/** From left to right; a touchpoint that is come back to stands on both sides. */
export function journey(id, steps) {
  if (steps.length === 0) return nothing(id, 'No customer has had two events yet.');
  const links = steps.map(s => ({source: s.from, target: '→ ' + s.to, value: s.count}));
  const names = [...new Set(links.flatMap(l => [l.source, l.target]))];
  const palette = ['--accent', '--second', '--good', '--third', '--bad', '--middle'].map(colour);
  on(id, {
    tooltip: {valueFormatter: count},
    series: [{type: 'sankey', left: 4, right: 4, top: 8, bottom: 8, nodeGap: 12, nodeWidth: 14,
      data: names.map((name, i) => ({name, itemStyle: {color: palette[i % palette.length]}, label: {position: name.startsWith('→ ') ? 'left' : 'right'}})),
      links, label: {color: colour('--ink'), fontSize: font()}, lineStyle: {color: 'source', opacity: 0.3}}],
  });
}

export function cohorts(id, cells) {
  if (cells.length === 0) return nothing(id, 'No cohort is a month old yet.');
  const rows = [...new Set(cells.map(c => c.cohort))].sort().reverse();
  const ages = [...new Set(cells.map(c => c.age))].sort((a, b) => a - b);
  const most = Math.max(1, ...cells.map(c => c.share));
  on(id, {
    grid: {left: 8, right: 8, top: 28, bottom: 8, containLabel: true},
    tooltip: {formatter: p => rows[p.value[1]] + ', ' + ages[p.value[0]] + (ages[p.value[0]] === 1 ? ' month' : ' months') + ' after: ' + number(p.value[2]) + ' % of ' + count(p.value[3])},
    xAxis: {type: 'category', data: ages.map(String), position: 'top', splitLine: {show: false}},
    yAxis: {type: 'category', data: rows, splitLine: {show: false}},
    visualMap: {show: false, dimension: 2, min: 0, max: most, inRange: {color: [colour('--heat-low'), colour('--heat-high')]}},
    series: [{type: 'heatmap', itemStyle: {borderColor: colour('--card'), borderWidth: 2},
      data: cells.map(c => ({value: [ages.indexOf(c.age), rows.indexOf(c.cohort), c.share, c.n],
        label: {color: c.share > most * 0.55 ? colour('--heat-ink-high') : colour('--heat-ink-low')}})),
      label: {show: $(id).clientWidth > 520, fontSize: font(), formatter: p => number(p.value[2], 0)}}],
  });
}
