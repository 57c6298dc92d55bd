// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/gain_slider.h"

#include <QAccessibleWidget>

namespace headroom::ui {

/// Accessible interface of a GainSlider: its value is in decibels.
class AccessibleGainSlider : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit AccessibleGainSlider(GainSlider* slider) : QAccessibleWidget(slider, QAccessible::Slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    /// The text of QAccessible::Value is the gain with its unit: "−3.0 dB".
    QString text(QAccessible::Text which) const override {
        return which == QAccessible::Value ? slider().valueText() : QAccessibleWidget::text(which);
    }

    QVariant currentValue() const override { return slider().decibels(); }
    void setCurrentValue(const QVariant& value) override { slider().setDecibels(value.toDouble()); }
    QVariant maximumValue() const override { return GainSlider::highest; }
    QVariant minimumValue() const override { return GainSlider::lowest; }
    QVariant minimumStepSize() const override { return 0.1; }

private:
    GainSlider& slider() const { return static_cast<GainSlider&>(*widget()); }
};

} // namespace headroom::ui
