// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/source_card.h"

#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"

#include <QGridLayout>
#include <QLabel>

namespace headroom::ui {

SourceCard::SourceCard(const QString& letter, QWidget* parent)
    : QPushButton(parent), letter_(letter), title_(new ElidedLabel(this)), detail_(new ElidedLabel(this)) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    auto* badge = new QLabel(letter, this);
    badge->setFont(textFont(TextSize::Heading, QFont::Bold));
    badge->setMinimumWidth(em(1.6));
    title_->setFont(textFont(TextSize::Body, QFont::DemiBold));
    detail_->setFont(textFont(TextSize::Small));
    detail_->setProperty("second", true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(em(0.8), em(0.4), em(0.6), em(0.4));
    grid->setVerticalSpacing(0);
    grid->addWidget(badge, 0, 0, 2, 1);
    grid->addWidget(title_, 0, 1);
    grid->addWidget(detail_, 1, 1);
    grid->setColumnStretch(1, 1);
    for (QWidget* label : std::initializer_list<QWidget*>{badge, title_, detail_}) {
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        label->setSizePolicy(label == badge ? QSizePolicy::Fixed : QSizePolicy::Ignored,
                             QSizePolicy::Preferred);
    }
}

QSize SourceCard::sizeHint() const {
    return layout()->sizeHint().expandedTo({em(14), em(4)});
}

void SourceCard::show(const QString& title, const QString& detail) {
    title_->setText(title);
    detail_->setText(detail);
    setToolTip(plainToolTip(title + '\n' + detail));
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(letter_, title, detail));
}

} // namespace headroom::ui
