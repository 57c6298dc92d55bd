#pragma once

#include <QProxyStyle>

namespace headroom::ui {

/// Fusion with the few habits of this window that are neither colours nor a style sheet's.
class HeadroomStyle : public QProxyStyle {
    Q_OBJECT

public:
    HeadroomStyle();

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
};

} // namespace headroom::ui
