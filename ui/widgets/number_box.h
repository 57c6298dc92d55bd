#pragma once

#include <QDoubleSpinBox>

#include <vector>

namespace headroom::ui {

/// A spin box for whole and real numbers alike, written as YAML writes them ("3e-4") in every locale. Its
/// arrows go from stop to stop; any number of the range may be typed.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    NumberBox(double min, double max, bool whole, QWidget* parent = nullptr);

    void setStops(std::vector<double> stops) { stops_ = std::move(stops); }

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    bool whole_;
    std::vector<double> stops_;
};

} // namespace headroom::ui
