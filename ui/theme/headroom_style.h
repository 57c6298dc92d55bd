// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

namespace headroom::ui {

/// Fusion with the behavior that neither palette nor style sheet can express. Tab leaves tables, lists and
/// text editors; arrow keys move inside them. Also draws the focus ring.
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
