(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let charts = [];

  const bars = (series) => ({label: series.name, data: series.values, backgroundColor: style('--' + series.colour),
    maxBarThickness: 48, categoryPercentage: 0.85, barPercentage: 0.95});
  const line = (series) => ({label: series.name, data: series.values, backgroundColor: style('--' + series.colour),
    borderColor: style('--' + series.colour), borderWidth: 2, borderDash: series.dashed ? [6, 4] : [], pointRadius: series.dashed ? 0 : 3, spanGaps: false, clip: false});

  const draw = (canvas) => {
    const shown = data[canvas.dataset.chart];
    const percent = canvas.dataset.chart === 'level';
    const unit = percent ? ' %' : '';
    return new Chart(canvas, {
      type: percent ? 'line' : 'bar',
      data: {labels: shown.labels, datasets: shown.series.map(percent ? line : bars)},
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: {mode: 'index', intersect: false},
        scales: {
          x: {stacked: !percent, offset: true, grid: {display: false}, border: {display: false},
            ticks: {color: style('--soft'), maxRotation: 0, autoSkipPadding: 16}},
          y: {stacked: !percent, beginAtZero: true, max: percent ? 100 : undefined, border: {display: false},
            grid: {color: style('--line')},
            ticks: {color: style('--soft'), maxTicksLimit: 6, precision: 0,
              callback: (value) => value.toLocaleString('en') + unit}}
        },
        plugins: {
          legend: {display: !percent || shown.series.length > 1, position: 'top', align: 'start',
            labels: {color: style('--ink'), boxWidth: 10, boxHeight: 10, padding: 14, font: {size: 12}}},
          tooltip: {callbacks: {label: (item) => item.dataset.label + ': ' + item.parsed.y.toLocaleString('en') + unit}}
        }
      }
    });
  };

  const drawAll = () => {
    charts.forEach((chart) => chart.destroy());
    charts = Array.from(document.querySelectorAll('canvas[data-chart]'), draw);
    document.documentElement.dataset.charts = charts.length;
  };

  drawAll();
  // The colours follow the page: light, dark, or paper.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  matchMedia('print').addEventListener('change', drawAll);
})();
