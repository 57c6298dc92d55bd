#include "ui/plots/plot_picture.h"

#include "core/support/error.h"

#include <QSvgGenerator>
#include <qcustomplot.h>

namespace headroom::ui {
namespace {

Error notWritten(const QString& path) {
    return {ErrorKind::Failure, "the picture cannot be written", path.toStdString(), "Choose another place."};
}

} // namespace

void savePlotPng(QCustomPlot& plot, const QString& path) {
    constexpr double scale = 2;
    if (!plot.savePng(path, 0, 0, scale))
        throw notWritten(path);
}

void savePlotSvg(QCustomPlot& plot, const QString& path, const QString& title) {
    QSvgGenerator svg;
    svg.setFileName(path);
    svg.setSize(plot.size());
    svg.setViewBox(plot.rect());
    svg.setTitle(title);
    QCPPainter painter;
    if (!painter.begin(&svg))
        throw notWritten(path);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&painter, plot.width(), plot.height());
}

} // namespace headroom::ui
