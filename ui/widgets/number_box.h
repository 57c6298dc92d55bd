// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDoubleSpinBox>

#include <vector>

namespace headroom::ui {

/// A spin box for whole and real numbers, written in YAML notation ("3e-4") in every locale and parsed by
/// readTypedNumber(). Its arrows move between stops, or by singleStep() if no stops are set; any number in
/// the range can be typed. Invalid input gets a red frame and an explanation, and the previous value is kept.
/// GUI thread.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    /// @param whole accept whole numbers only
    NumberBox(double min, double max, bool whole, QWidget* parent = nullptr);

    /// @param stops rising
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
    QString withoutSuffix(const QString& text) const;
    bool hasUncommittedText() const;
    bool accepts(const QString& text) const;
    void onTextEdited(const QString& text);
    void explainRejection(const QString& rejected);
    void setFault(const QString& message);

    bool whole_;
    std::vector<double> stops_;
};

} // namespace headroom::ui
