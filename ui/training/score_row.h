// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/line_label.h"
#include "ui/training/plot_row.h"

#include <QCoreApplication>

#include <map>
#include <string>

namespace headroom::ui {

/// cSDR and uSDR of each stem, one point per validation.
class ScoreRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(ScoreRow)

public:
    explicit ScoreRow(QCustomPlot& plot);
    QString title() const override { return tr("Validation"); }
    double weight() const override { return 1.25; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    struct Lines {
        QCPGraph* cSdr = nullptr;
        QCPGraph* uSdr = nullptr;
    };
    Lines& linesOf(const std::string& stem);
    void applyColors(const RunView& view);

    QCPGraph* published_; ///< the paper's score, for runs that train vocals
    LineLabel publishedLabel_;
    std::map<std::string, Lines> stems_;
};

} // namespace headroom::ui
