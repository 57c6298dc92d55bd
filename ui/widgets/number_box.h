#pragma once

#include <QDoubleSpinBox>

#include <vector>

namespace headroom::ui {

/// A spin box for whole and real numbers alike, written as YAML writes them ("3e-4") in every locale and read
/// as readTypedNumber() does. Its arrows go from stop to stop, or by singleStep() where none are given; any
/// number of the range may be typed. What is no such number is framed in red and explained, and the number
/// before stays. GUI thread.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    NumberBox(double min, double max, bool whole, QWidget* parent = nullptr);

    void setStops(std::vector<double> stops) { stops_ = std::move(stops); }

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void fixup(QString& text) const override;
    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QString bare(const QString& text) const;
    bool typing() const;
    bool allows(const QString& text) const;
    void onTextEdited(const QString& text);
    void explainRefused(const QString& shown);
    void setFault(const QString& message);

    bool whole_;
    std::vector<double> stops_;
};

} // namespace headroom::ui
