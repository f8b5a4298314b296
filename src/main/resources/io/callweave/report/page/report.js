(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = [];

  const bars = (series) => ({label: series.name, data: series.values, meaning: series.colour,
    maxBarThickness: 48, categoryPercentage: 0.85, barPercentage: 0.95});
  const line = (series) => ({label: series.name, data: series.values, meaning: series.colour,
    borderWidth: 2, pointRadius: 3, tension: 0, spanGaps: false, clip: false});

  const paint = (chart) => {
    chart.data.datasets.forEach((set) => {
      const colour = style('--' + set.meaning);
      set.backgroundColor = colour;
      set.borderColor = colour;
    });
    const {x, y} = chart.options.scales;
    [x, y].forEach((axis) => { axis.ticks.color = style('--soft'); });
    y.grid.color = style('--line');
    chart.options.plugins.legend.labels.color = style('--ink');
    chart.update('none');
  };

  document.querySelectorAll('canvas[data-chart]').forEach((canvas) => {
    const shown = data[canvas.dataset.chart];
    const percent = canvas.dataset.chart === 'level';
    const chart = new Chart(canvas, {
      type: percent ? 'line' : 'bar',
      data: {labels: shown.labels, datasets: shown.series.map(percent ? line : bars)},
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: {mode: 'index', intersect: false},
        scales: {
          x: {stacked: !percent, grid: {display: false}, border: {display: false}, ticks: {maxRotation: 0, autoSkipPadding: 16}},
          y: {stacked: !percent, beginAtZero: true, max: percent ? 100 : undefined, border: {display: false}, grid: {},
            ticks: {maxTicksLimit: 6, precision: 0, callback: (value) => percent ? value + ' %' : value.toLocaleString('en')}}
        },
        plugins: {
          legend: {display: !percent, position: 'top', align: 'start',
            labels: {boxWidth: 10, boxHeight: 10, padding: 14, font: {size: 12}}},
          tooltip: {callbacks: {label: (item) => item.dataset.label + ': '
            + item.parsed.y.toLocaleString('en') + (percent ? ' %' : '')}}
        }
      }
    });
    paint(chart);
    charts.push(chart);
  });

  const repaint = () => charts.forEach(paint);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  matchMedia('print').addEventListener('change', repaint);
  addEventListener('beforeprint', () => { charts.forEach((chart) => chart.resize()); repaint(); });
  addEventListener('afterprint', () => { charts.forEach((chart) => chart.resize()); repaint(); });
})();
