#include "ui/theme/headroom_style.h"

namespace headroom::ui {

HeadroomStyle::HeadroomStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

int HeadroomStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* data) const {
    switch (hint) {
    case SH_Slider_AbsoluteSetButtons: // a click on a groove jumps there
        return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace headroom::ui
