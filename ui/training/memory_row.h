// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/line_label.h"
#include "ui/training/plot_row.h"

#include <QCoreApplication>

namespace headroom::ui {

/// Sampled device memory, the forecast and the capacity of the device. On a CPU only the allocated tensors,
/// because they are small beside the rest of the host memory.
class MemoryRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(MemoryRow)

public:
    explicit MemoryRow(QCustomPlot& plot);
    QString title() const override { return tr("Device memory"); }
    double weight() const override { return 1.1; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    void applyColors(const Palette& palette);
    void updateLabels(const RunView& view, bool limited);

    AreaGraph* others_;
    Band allocated_; ///< from allocated bytes to the peak since the previous sample
    QCPGraph* peak_;
    QCPGraph* reserved_;
    QCPGraph* device_;
    QCPGraph* forecast_;
    QCPGraph* limit_;
    LineLabel limitLabel_;
    LineLabel forecastLabel_;
};

} // namespace headroom::ui
