// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAccessibleWidget>

namespace headroom::ui {

class OptionSlider;

/// Accessible interface of an OptionSlider: its value is the number at the stop, not the index of the stop.
class AccessibleOptionSlider : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit AccessibleOptionSlider(OptionSlider* slider);

    void* interface_cast(QAccessible::InterfaceType type) override;
    /// The text of QAccessible::Value is the number with its unit: "1.5 s".
    QString text(QAccessible::Text which) const override;

    QVariant currentValue() const override;
    void setCurrentValue(const QVariant& value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override;

private:
    OptionSlider& slider() const;
};

} // namespace headroom::ui
