#include "ui/plots/plot_picture.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"

#include <QBuffer>
#include <QSvgGenerator>
#include <qcustomplot.h>

#include <string_view>

namespace headroom::ui {
namespace {

Error notDrawn(const QString& path) {
    return {ErrorKind::Failure, "the picture cannot be drawn", path.toStdString()};
}

void write(const QString& path, const QByteArray& picture) {
    writeFileAtomically(path.toStdString(),
                        std::string_view(picture.constData(), static_cast<std::size_t>(picture.size())));
}

} // namespace

void savePlotPng(QCustomPlot& plot, const QString& path) {
    constexpr double scale = 2;
    QBuffer picture;
    if (!plot.toPixmap(0, 0, scale).save(&picture, "PNG"))
        throw notDrawn(path);
    write(path, picture.data());
}

void savePlotSvg(QCustomPlot& plot, const QString& path, const QString& title) {
    QBuffer picture;
    QSvgGenerator svg;
    svg.setOutputDevice(&picture);
    svg.setSize(plot.size());
    svg.setViewBox(plot.rect());
    svg.setTitle(title);
    QCPPainter painter;
    if (!painter.begin(&svg))
        throw notDrawn(path);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&painter, plot.width(), plot.height());
    painter.end();
    write(path, picture.data());
}

} // namespace headroom::ui
