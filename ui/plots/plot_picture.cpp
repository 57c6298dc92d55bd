// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/plot_picture.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/plots/legend_symbol.h"
#include "ui/theme/palette.h"
#include "ui/theme/typography.h"

#include <QBuffer>
#include <QSvgGenerator>
#include <qcustomplot.h>

#include <algorithm>
#include <string_view>

namespace headroom::ui {
namespace {

Error drawingError(const QString& path) {
    return {ErrorKind::Failure, "the picture cannot be drawn", path.toStdString()};
}

void write(const QString& path, const QByteArray& picture) {
    writeFileAtomically(path.toStdString(),
                        std::string_view(picture.constData(), static_cast<std::size_t>(picture.size())));
}

/// Layout of a picture: title, chart, widget at its side, legend.
class Sheet {
public:
    Sheet(QCustomPlot& plot, const PlotCaption& caption, const Palette& palette)
        : plot_(plot), caption_(caption), palette_(palette) {}

    QSize size() const {
        const int side = caption_.side == nullptr ? 0 : caption_.side->width() + em(0.5);
        return {plot_.width() + side + 2 * margin(), plotTop() + plot_.height() + legendHeight() + margin()};
    }

    void paint(QCPPainter& painter) {
        painter.fillRect(QRect(QPoint(), size()), palette_.plot);
        painter.setPen(palette_.text);
        painter.setFont(textFont(TextSize::Heading, QFont::Bold));
        painter.drawText(QPointF(margin(), margin() + em(1.2)), caption_.title);
        painter.setPen(palette_.secondText);
        painter.setFont(textFont(TextSize::Body));
        painter.drawText(QPointF(margin(), margin() + em(2.9)), caption_.subtitle);
        paintLegend(painter);
        paintSide(painter);
    }

    QPoint plotPosition() const { return {margin(), plotTop()}; }

private:
    static int margin() { return em(1); }
    static int plotTop() { return margin() + em(3.8); }
    static int lineHeight() { return em(1.6); }
    int columns() const { return std::max(1, plot_.width() / em(16)); }
    int legendHeight() const {
        const int entries = static_cast<int>(caption_.legend.size());
        return entries == 0 ? 0 : em(0.6) + (entries + columns() - 1) / columns() * lineHeight();
    }

    void paintLegend(QPainter& painter) {
        painter.setFont(textFont(TextSize::Small));
        const int width = plot_.width() / columns();
        for (std::size_t i = 0; i < caption_.legend.size(); ++i) {
            const auto& entry = caption_.legend[i];
            const int index = static_cast<int>(i);
            const QRect box(margin() + index % columns() * width,
                            plotTop() + plot_.height() + em(0.6) + index / columns() * lineHeight(), width,
                            lineHeight());
            paintLegendSymbol(painter, entry.symbol, entry.color,
                              QRect(box.topLeft(), QSize(em(2), lineHeight())));
            painter.setPen(palette_.text);
            painter.drawText(box.adjusted(em(2.4), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, entry.text);
        }
    }

    void paintSide(QPainter& painter) {
        if (caption_.side == nullptr)
            return;
        const QPoint position(margin() + plot_.width() + em(0.5), plotTop());
        caption_.side->render(&painter, position, QRegion(), QWidget::DrawChildren);
    }

    QCustomPlot& plot_;
    const PlotCaption& caption_;
    const Palette& palette_;
};

} // namespace

void savePlotPng(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette) {
    constexpr double scale = 2;
    Sheet sheet(plot, caption, palette);
    QImage image(sheet.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QCPPainter painter;
    if (!painter.begin(&image))
        throw drawingError(path);
    sheet.paint(painter);
    painter.drawPixmap(QRect(sheet.plotPosition(), plot.size()),
                       plot.toPixmap(plot.width(), plot.height(), scale));
    painter.end();
    QBuffer picture;
    if (!image.save(&picture, "PNG"))
        throw drawingError(path);
    write(path, picture.data());
}

void savePlotSvg(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette) {
    Sheet sheet(plot, caption, palette);
    QBuffer picture;
    QSvgGenerator svg;
    svg.setOutputDevice(&picture);
    svg.setSize(sheet.size());
    svg.setViewBox(QRect(QPoint(), sheet.size()));
    svg.setTitle(caption.title);
    QCPPainter painter;
    if (!painter.begin(&svg))
        throw drawingError(path);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    sheet.paint(painter);
    painter.translate(sheet.plotPosition());
    plot.toPainter(&painter, plot.width(), plot.height());
    painter.end();
    write(path, picture.data());
}

} // namespace headroom::ui
