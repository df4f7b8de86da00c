int limbeck_placeholder;
