const none = {
  Visualization: null,
  Title: null,
  XColumn: null,
  Series: null,
  YColumns: null,
  AnomalyColumns: null,
  XTitle: null,
  YTitle: null,
  XAxis: null,
  YAxis: null,
  Legend: null,
  YSplit: null,
  Accumulate: false,
  IsQuerySorted: false,
  Kind: null,
  Ymin: "NaN",
  Ymax: "NaN",
  Xmin: null,
  Xmax: null,
};

/** What an answer without `render` says of how to show it. */
export const noVisualization: string = JSON.stringify(none);
