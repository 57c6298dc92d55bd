#include "ui/window/stop_value.h"

#include "core/view/option_stops.h"
#include "ui/configuration/option_slider.h"

#include <cmath>

namespace headroom::ui {

StopValue::StopValue(OptionSlider* slider) : QAccessibleWidget(slider, QAccessible::Slider) {}

OptionSlider& StopValue::slider() const {
    return static_cast<OptionSlider&>(*widget());
}

void* StopValue::interface_cast(QAccessible::InterfaceType type) {
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString StopValue::text(QAccessible::Text which) const {
    return which == QAccessible::Value ? slider().valueText() : QAccessibleWidget::text(which);
}

QVariant StopValue::currentValue() const {
    return slider().number();
}

void StopValue::setCurrentValue(const QVariant& value) {
    if (const int stop = nearestStop(slider().stops(), value.toDouble()); stop >= 0)
        slider().setValue(stop);
}

QVariant StopValue::maximumValue() const {
    return slider().stops().empty() ? 0 : slider().stops().back();
}

QVariant StopValue::minimumValue() const {
    return slider().stops().empty() ? 0 : slider().stops().front();
}

/// To the next stop above, or to the one below the last.
QVariant StopValue::minimumStepSize() const {
    const auto& stops = slider().stops();
    if (stops.size() < 2)
        return 0;
    const auto next = std::min(static_cast<std::size_t>(slider().value()) + 1, stops.size() - 1);
    return std::abs(stops[next] - stops[next - 1]);
}

} // namespace headroom::ui
