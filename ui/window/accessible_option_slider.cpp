// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/accessible_option_slider.h"

#include "core/view/option_stops.h"
#include "ui/configuration/option_slider.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

AccessibleOptionSlider::AccessibleOptionSlider(OptionSlider* slider)
    : QAccessibleWidget(slider, QAccessible::Slider) {}

OptionSlider& AccessibleOptionSlider::slider() const {
    return static_cast<OptionSlider&>(*widget());
}

void* AccessibleOptionSlider::interface_cast(QAccessible::InterfaceType type) {
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString AccessibleOptionSlider::text(QAccessible::Text which) const {
    return which == QAccessible::Value ? slider().valueText() : QAccessibleWidget::text(which);
}

QVariant AccessibleOptionSlider::currentValue() const {
    return slider().number();
}

void AccessibleOptionSlider::setCurrentValue(const QVariant& value) {
    if (const int stop = nearestStop(slider().stops(), value.toDouble()); stop >= 0)
        slider().setValue(stop);
}

QVariant AccessibleOptionSlider::maximumValue() const {
    return slider().stops().empty() ? 0 : std::max(slider().stops().back(), slider().number());
}

QVariant AccessibleOptionSlider::minimumValue() const {
    return slider().stops().empty() ? 0 : std::min(slider().stops().front(), slider().number());
}

/// The distance to the next stop or, at the last stop, to the previous one.
QVariant AccessibleOptionSlider::minimumStepSize() const {
    const auto& stops = slider().stops();
    if (stops.size() < 2)
        return 0;
    const auto next = std::min(static_cast<std::size_t>(slider().value()) + 1, stops.size() - 1);
    return std::abs(stops[next] - stops[next - 1]);
}

} // namespace headroom::ui
