'use strict';

/* Each function draws one chart; all of them follow the theme. */
const charts = (() => {
  const drawn = new Map();

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function on(id, option) {
    let chart = drawn.get(id);
    if (!chart) {
      chart = echarts.init(document.getElementById(id), null, {renderer: 'canvas'});
      drawn.set(id, chart);
    }
    const text = {color: colour('--soft')};
    const axis = {axisLabel: text, axisLine: {lineStyle: {color: colour('--line')}}, splitLine: {lineStyle: {color: colour('--line')}}, nameTextStyle: text};
    for (const side of ['xAxis', 'yAxis']) {
      if (option[side]) {
        option[side] = [].concat(option[side]).map(each => ({...axis, ...each}));
      }
    }
    chart.setOption({animation: false, textStyle: {fontFamily: 'inherit'}, ...option}, true);
  }

  /** The value by period with the band that it lies in with 95 % confidence. */
  function band(id, values) {
    const known = values.filter(v => v.value !== null);
    const interval = {
      name: '95 % interval', type: 'custom', silent: true, z: 1, data: [0], tooltip: {show: false},
      renderItem: (params, api) => ({
        type: 'polygon',
        shape: {points: [...known.map((v, i) => api.coord([i, v.low ?? v.value])), ...known.map((v, i) => api.coord([i, v.high ?? v.value])).reverse()]},
        style: {fill: colour('--accent'), opacity: 0.2},
      }),
    };
    const bounds = known.flatMap(v => [v.low ?? v.value, v.high ?? v.value]);
    on(id, {
      grid: {left: 44, right: 16, top: 16, bottom: 28},
      tooltip: {trigger: 'axis', valueFormatter: v => v === undefined || v === null ? '–' : Number(v).toFixed(1)},
      xAxis: {type: 'category', data: known.map(v => v.period)},
      yAxis: {type: 'value', min: Math.floor(Math.min(...bounds) / 10) * 10, max: Math.ceil(Math.max(...bounds) / 10) * 10},
      series: known.length === 0 ? [] : [
        interval,
        {name: 'value', type: 'line', z: 3, data: known.map(v => v.value), symbolSize: 6, itemStyle: {color: colour('--accent')}},
      ],
    });
  }

  function revenue(id, revenue, orders, divisor) {
    const days = [...new Set([...revenue, ...orders].map(v => v.period))].sort();
    const byDay = new Map(revenue.map(v => [v.period, v.value]));
    const count = new Map(orders.map(v => [v.period, v.value]));
    on(id, {
      grid: {left: 64, right: 48, top: 30, bottom: 28},
      legend: {textStyle: {color: colour('--soft')}, top: 0},
      tooltip: {trigger: 'axis'},
      xAxis: {type: 'category', data: days},
      yAxis: [{type: 'value', name: ''}, {type: 'value', splitLine: {show: false}}],
      series: [
        {name: 'revenue', type: 'bar', data: days.map(d => byDay.has(d) ? byDay.get(d) / divisor : null), itemStyle: {color: colour('--accent')}},
        {name: 'orders', type: 'line', yAxisIndex: 1, data: days.map(d => count.get(d) ?? null), symbol: 'none', itemStyle: {color: colour('--middle')}},
      ],
    });
  }

  /** From left to right; a touchpoint that is come back to stands on both sides. */
  function journey(id, steps) {
    const links = steps.map(s => ({source: s.from, target: '→ ' + s.to, value: s.count}));
    const names = [...new Set(links.flatMap(l => [l.source, l.target]))];
    on(id, {
      tooltip: {},
      series: [{type: 'sankey', left: 8, right: 130, top: 8, bottom: 8, nodeGap: 10, data: names.map(name => ({name})), links,
        label: {color: colour('--ink')}, lineStyle: {color: 'source', opacity: 0.35}}],
    });
  }

  function cohorts(id, cells) {
    const rows = [...new Set(cells.map(c => c.cohort))].sort();
    const ages = [...new Set(cells.map(c => c.age))].sort((a, b) => a - b);
    on(id, {
      grid: {left: 72, right: 16, top: 10, bottom: 60},
      tooltip: {valueFormatter: v => v + ' %'},
      xAxis: {type: 'category', data: ages.map(String), name: ''},
      yAxis: {type: 'category', data: rows},
      visualMap: {min: 0, max: Math.max(1, ...cells.map(c => c.share)), calculable: false, orient: 'horizontal', left: 'center', bottom: 0,
        textStyle: {color: colour('--soft')}, inRange: {color: [colour('--ground'), colour('--accent')]}},
      series: [{type: 'heatmap', data: cells.map(c => [ages.indexOf(c.age), rows.indexOf(c.cohort), c.share]),
        label: {show: rows.length * ages.length <= 100, formatter: p => Math.round(p.value[2])}}],
    });
  }

  window.addEventListener('resize', () => drawn.forEach(chart => chart.resize()));
  return {band, revenue, journey, cohorts};
})();
