#pragma once

#include "ui/plots/line_label.h"
#include "ui/training/plot_row.h"

#include <QCoreApplication>

namespace headroom::ui {

/// Memory of the device as it was measured, with the forecast and the device's limit on the same axis. On a
/// CPU the tensors alone: what else is in the machine's memory would dwarf them.
class MemoryRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(MemoryRow)

public:
    explicit MemoryRow(QCustomPlot& plot);
    QString title() const override { return tr("Device memory"); }
    double weight() const override { return 1.1; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    void paint(const Palette& palette);
    void label(const RunView& view, bool limited);

    AreaGraph* others_;
    Band allocated_; ///< up to the peak since the sample before
    QCPGraph* peak_;
    QCPGraph* reserved_;
    QCPGraph* device_;
    QCPGraph* forecast_;
    QCPGraph* limit_;
    LineLabel limitLabel_;
    LineLabel forecastLabel_;
};

} // namespace headroom::ui
