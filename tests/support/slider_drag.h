// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QTest>

namespace headroom::test {

/// Rectangle of the handle of a horizontal slider at a value.
inline QRect handle(QSlider& slider, int value) {
    QStyleOptionSlider option;
    option.initFrom(&slider);
    option.orientation = Qt::Horizontal;
    option.minimum = slider.minimum();
    option.maximum = slider.maximum();
    option.sliderPosition = value;
    option.sliderValue = value;
    return slider.style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider);
}

/// Drags the handle to a value in small moves.
inline void drag(QSlider& slider, int to) {
    const QPoint begin = handle(slider, slider.value()).center();
    const QPoint end = handle(slider, to).center();
    QTest::mousePress(&slider, Qt::LeftButton, {}, begin);
    for (int i = 1; i <= 8; ++i)
        QTest::mouseMove(&slider, begin + (end - begin) * i / 8);
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, end);
}

} // namespace headroom::test
