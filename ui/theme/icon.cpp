#include "ui/theme/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

namespace headroom::ui {
namespace {

void drawIcon(QPainter& painter, const QString& name, const QColor& color, const QRectF& rect) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    const bool found = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(found, "icon", qPrintable(name));
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toUtf8()));
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, rect);
}

/// Takes its colour from the palette whenever it is drawn.
class ThemeIconEngine : public QIconEngine {
public:
    explicit ThemeIconEngine(QString name) : name_(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        drawIcon(*painter, name_, QGuiApplication::palette().color(group, QPalette::ButtonText), rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
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
    QPixmap pixmap(QSize(size, size) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawIcon(painter, name, color, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace headroom::ui
