#pragma once

#include <QAccessibleWidget>

namespace headroom::ui {

class OptionSlider;

/// A slider over stops to screen readers: its value is the number at the stop, not how many stops come
/// before.
class StopValue : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit StopValue(OptionSlider* slider);

    void* interface_cast(QAccessible::InterfaceType type) override;
    /// QAccessible::Value is the number with its unit: "1.5 s".
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
