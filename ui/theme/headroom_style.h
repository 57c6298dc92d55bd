#pragma once

#include <QProxyStyle>

namespace headroom::ui {

/// Fusion with the few habits of this window that are neither colors nor a style sheet's. Tab leaves every
/// table, list and text: arrows move in them. The ring around what has the focus is drawn here.
class HeadroomStyle : public QProxyStyle {
    Q_OBJECT

public:
    HeadroomStyle();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
};

} // namespace headroom::ui
