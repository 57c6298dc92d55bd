// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace headroom::ui {
namespace {

void drawIcon(QPainter& painter, const QString& name, const QColor& color, const QRectF& rect) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    [[maybe_unused]] const bool found = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(found, "icon", qPrintable(name));
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toUtf8()));
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, rect);
}

/// Cached: rendering takes a fraction of a millisecond, and some icons are set for each forecast.
/// @param size device pixels
QPixmap renderedIcon(const QString& name, const QColor& color, const QSize& size) {
    const QString key = QStringLiteral("headroom/%1 %2 %3x%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawIcon(painter, name, color, QRectF(QPointF(), size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QColor textColor(QIcon::Mode mode) {
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    return QGuiApplication::palette().color(group, QPalette::ButtonText);
}

/// Uses the palette's color at the time of painting.
class ThemeIconEngine : public QIconEngine {
public:
    explicit ThemeIconEngine(QString name) : name_(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        drawIcon(*painter, name_, textColor(mode), rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return renderedIcon(name_, textColor(mode), size);
    }
    QIconEngine* clone() const override { return new ThemeIconEngine(name_); }

private:
    QString name_;
};

} // namespace

QIcon themeIcon(const QString& name) {
    return QIcon(new ThemeIconEngine(name));
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio) {
    QPixmap pixmap = renderedIcon(name, color, QSize(size, size) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

} // namespace headroom::ui
