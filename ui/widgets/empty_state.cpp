#include "ui/widgets/empty_state.h"

#include "ui/theme/typography.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headroom::ui {

EmptyState::EmptyState(const QString& headline, QWidget* parent)
    : QWidget(parent), text_(new QLabel), buttons_(new QHBoxLayout) {
    constexpr int widest = 44;
    auto* title = new QLabel(headline);
    title->setFont(textFont(TextSize::Heading, QFont::Bold));
    text_->setProperty("second", true);
    text_->setWordWrap(true);
    text_->setFixedWidth(em(widest));
    buttons_->setSpacing(em(0.7));
    buttons_->addStretch(1);
    auto* words = new QVBoxLayout;
    words->setSpacing(em(0.8));
    words->addWidget(title);
    words->addWidget(text_);
    words->addLayout(buttons_);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(words);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
}

void EmptyState::setText(const QString& text) {
    text_->setText(text);
}

void EmptyState::add(QPushButton* button) {
    buttons_->insertWidget(buttons_->count() - 1, button);
}

} // namespace headroom::ui
