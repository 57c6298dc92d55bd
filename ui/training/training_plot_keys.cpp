// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/cross_hair.h"
#include "ui/text/mark_text.h"
#include "ui/theme/plain_text.h"
#include "ui/training/mark_strip.h"
#include "ui/training/plot_row.h"
#include "ui/training/training_plot.h"

#include <QKeyEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

// Keyboard and mouse input of the charts.

namespace headroom::ui {

void TrainingPlot::zoom(double factor) {
    const double center = pointed_.value_or((view_.from + view_.to) / 2);
    whole_ = false;
    showRange(center - (center - view_.from) * factor, center + (view_.to - center) * factor);
}

const RunHistory::Validation* TrainingPlot::selected() const {
    if (!selectedEpoch_)
        return nullptr;
    const auto& validations = view_.history->validations();
    const auto found = std::ranges::find(validations, *selectedEpoch_,
                                         [](const auto& validation) { return validation.done.epoch; });
    return found == validations.end() ? nullptr : &*found;
}

void TrainingPlot::select(double x) {
    const auto& validations = view_.history->validations();
    if (validations.empty())
        return;
    const auto found = std::ranges::min_element(validations, {}, [&](const auto& validation) {
        return std::abs(view_.scale.x(validation.position) - x);
    });
    selectedEpoch_ = found->done.epoch;
    crossHair_->setSelected(view_.scale.x(found->position));
    replotCrossHair();
    updateReadout();
    Q_EMIT selectionChanged();
}

void TrainingPlot::stepSelection(int direction) {
    const auto& validations = view_.history->validations();
    if (validations.empty())
        return;
    const RunHistory::Validation* now = selected();
    const auto last = static_cast<std::ptrdiff_t>(validations.size()) - 1;
    const auto next =
        now == nullptr ? last : std::clamp<std::ptrdiff_t>(now - validations.data() + direction, 0, last);
    const double x = view_.scale.x(validations[static_cast<std::size_t>(next)].position);
    point(std::nullopt);
    select(x);
    if (x < view_.from || x > view_.to) {
        whole_ = false;
        const double half = (view_.to - view_.from) / 2;
        showRange(x - half, x + half);
    }
}

void TrainingPlot::goToMark(bool next) {
    const double center = (view_.from + view_.to) / 2;
    const RunHistory::Mark* mark = marks_->neighbor(pointed_.value_or(center), next);
    if (mark == nullptr)
        return;
    const double x = view_.scale.x(mark->position);
    const double half = (view_.to - view_.from) / 2;
    whole_ = false;
    showRange(x - half, x + half);
    point(x);
    Q_EMIT markReached(markText(*mark));
}

bool TrainingPlot::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave)
        point(std::nullopt);
    if (event->type() == QEvent::MouseMove) {
        const QPointF place = static_cast<QMouseEvent*>(event)->position();
        point(rows_.front()->rect().axis(QCPAxis::atBottom)->pixelToCoord(place.x()));
        const RunHistory::Mark* mark = marks_->markAt(place);
        const MarkText text = mark != nullptr ? markText(*mark) : MarkText{};
        plot_->setToolTip(plainToolTip(text.detail.isEmpty() ? text.text : text.detail));
    }
    if (event->type() == QEvent::MouseButtonPress)
        setFocus(Qt::MouseFocusReason);
    if (event->type() == QEvent::MouseButtonDblClick) {
        fit();
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool moved =
            (mouse->position() - mouse->points().first().pressPosition()).manhattanLength() >= 4;
        if (!moved && mouse->button() == Qt::LeftButton)
            select(rows_.front()->rect().axis(QCPAxis::atBottom)->pixelToCoord(mouse->position().x()));
    }
    return QWidget::eventFilter(watched, event);
}

void TrainingPlot::keyPressEvent(QKeyEvent* event) {
    constexpr double closer = 0.8;
    switch (event->key()) {
    case Qt::Key_Left:
        return stepSelection(-1);
    case Qt::Key_Right:
        return stepSelection(1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(closer);
    case Qt::Key_Minus:
        return zoom(1 / closer);
    case Qt::Key_Home:
        return fit();
    case Qt::Key_N:
        return goToMark(!event->modifiers().testFlag(Qt::ShiftModifier));
    case Qt::Key_T:
        Q_EMIT tableRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (selected() != nullptr)
            Q_EMIT openRequested();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace headroom::ui
