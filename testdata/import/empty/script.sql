-- nothing;
;;
