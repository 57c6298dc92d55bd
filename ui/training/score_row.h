// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "ui/plots/line_label.h"
#include "ui/training/plot_row.h"

#include <QCoreApplication>

#include <map>
#include <string>
#include <vector>

namespace headroom::ui {

/// The scores of each stem by the metrics worth showing, one point per validation.
class ScoreRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(ScoreRow)

public:
    explicit ScoreRow(QCustomPlot& plot);
    QString title() const override { return tr("Validation"); }
    double weight() const override { return 1.25; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    QCPGraph& lineOf(const std::string& stem, Metric metric);
    void applyColors(const RunView& view, const std::vector<Metric>& shown);

    QCPGraph* published_; ///< the paper's score, for runs that train vocals
    LineLabel publishedLabel_;
    std::map<std::string, std::map<Metric, QCPGraph*>> stems_;
};

} // namespace headroom::ui
